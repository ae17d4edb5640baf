import { useTranslations } from 'use-intl';
import { Bone } from '../../components/skeleton.tsx';
import type { Kind } from './explore.ts';
import type { View } from './view.tsx';

const places = [1, 2, 3, 4, 5, 6, 7, 8];

/** Rows of the size that the results will have. */
export function ResultSkeletons({ kind, view }: { kind: Kind; view: View }) {
  const t = useTranslations('common');
  return (
    <div aria-busy="true" className={view === 'compact' ? 'mt-2 border-y border-rule' : ''}>
      <span className="sr-only">{t('loading')}</span>
      {places.map((place) =>
        view === 'compact' ? (
          <div key={place} className="flex h-17 items-center gap-6 border-b border-rule last:border-0 md:h-12">
            <Bone className="h-5 w-3/5" />
            <Bone className="h-4 w-1/4 max-md:hidden" />
          </div>
        ) : (
          <div key={place} className="flex h-56 gap-6 border-b border-rule py-6 sm:h-52">
            {kind === 'projects' ? (
              <Bone className="h-25 w-40 shrink-0 max-sm:hidden" />
            ) : (
              <Bone className="size-10 shrink-0 rounded-full" />
            )}
            <div className="flex-1">
              <Bone className="mb-3 h-6 w-2/3" />
              <Bone className="mb-2 h-4 w-11/12" />
              <Bone className="mb-4 h-4 w-4/5" />
              <Bone className="h-4 w-1/2" />
            </div>
          </div>
        ),
      )}
    </div>
  );
}
