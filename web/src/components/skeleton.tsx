import { useTranslations } from 'use-intl';

/** A bar where text will stand; give it the text's height and about its width. */
export const Bone = ({ className }: { className: string }) => (
  <div className={`breathe rounded bg-well ${className}`} />
);

const places = [1, 2, 3, 4, 5, 6, 7, 8];

/** Up to eight rows of the size that list rows have, so that nothing moves when they arrive. */
export function RowSkeletons({ count, rowClass = 'h-36' }: { count: number; rowClass?: string }) {
  const t = useTranslations('common');
  return (
    <div aria-busy="true">
      <span className="sr-only">{t('loading')}</span>
      {places.slice(0, count).map((place) => (
        <div key={place} className={`border-b border-rule py-6 ${rowClass}`}>
          <Bone className="mb-3 h-6 w-2/3" />
          <Bone className="mb-2 h-4 w-11/12" />
          <Bone className="h-4 w-1/2" />
        </div>
      ))}
    </div>
  );
}

/** As high as a screen, so that what stands below a page is not seen to jump when the page arrives. */
export function PageSkeleton() {
  const t = useTranslations('common');
  return (
    <div aria-busy="true" className="min-h-dvh pt-4">
      <span className="sr-only">{t('loading')}</span>
      <Bone className="mb-4 h-10 w-3/5" />
      <Bone className="mb-10 h-5 w-4/5" />
      <Bone className="mb-3 h-4 w-full" />
      <Bone className="mb-3 h-4 w-11/12" />
      <Bone className="h-4 w-2/3" />
    </div>
  );
}
