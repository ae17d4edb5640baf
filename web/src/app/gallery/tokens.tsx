import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { Button } from '../../components/button.tsx';
import { Bone, PageSkeleton, RowSkeletons } from '../../components/skeleton.tsx';
import { Specimen } from './specimen.tsx';

/** Written out, since Tailwind finds classes by their whole names. */
const colours = {
  paper: 'bg-paper',
  sheet: 'bg-sheet',
  well: 'bg-well',
  ink: 'bg-ink',
  soft: 'bg-soft',
  faint: 'bg-faint',
  rule: 'bg-rule',
  edge: 'bg-edge',
  accent: 'bg-accent',
  'accent-deep': 'bg-accent-deep',
  'on-accent': 'bg-on-accent',
  'accent-wash': 'bg-accent-wash',
  fit: 'bg-fit',
  'fit-wash': 'bg-fit-wash',
  mark: 'bg-mark',
  'mark-wash': 'bg-mark-wash',
  danger: 'bg-danger',
  'danger-wash': 'bg-danger-wash',
};

const tones = [0, 1, 2, 3, 4, 5, 6, 7];

export function Colours() {
  return (
    <div className="grid grid-cols-[repeat(auto-fill,minmax(7rem,1fr))] gap-4">
      {Object.entries(colours).map(([name, className]) => (
        <Specimen key={name} name={name}>
          <div className={`h-14 rounded-control border border-edge ${className}`} />
        </Specimen>
      ))}
      {tones.map((tone) => (
        <Specimen key={tone} name={`tone-${tone}, tone-ink`}>
          <svg
            viewBox="0 0 32 16"
            preserveAspectRatio="none"
            className="h-14 w-full rounded-control"
            data-tone={tone}
            aria-hidden="true"
          >
            <rect width="32" height="16" className="tone-fill" />
            <path d="M4 8h24" className="tone-line" />
          </svg>
        </Specimen>
      ))}
    </div>
  );
}

const sizes = { 'text-display': 'text-display', 'text-title': 'text-title', 'text-heading': 'text-heading' };

export function Type() {
  const t = useTranslations('gallery');
  return (
    <div className="flex flex-col gap-6">
      {Object.entries(sizes).map(([name, className]) => (
        <Specimen key={name} name={name}>
          <p className={`font-display font-bold ${className}`}>{t('sample')}</p>
        </Specimen>
      ))}
      <Specimen name="text-lg text-soft">
        <p className="max-w-prose text-lg text-soft">{t('text')}</p>
      </Specimen>
      <Specimen name="text-base">
        <p className="max-w-prose">{t('text')}</p>
      </Specimen>
      <Specimen name="text-sm text-faint">
        <p className="max-w-prose text-sm text-faint">{t('text')}</p>
      </Specimen>
      <Specimen name="text-xs">
        <p className="max-w-prose text-xs">{t('text')}</p>
      </Specimen>
      <Specimen name="marked">
        <p className="text-title font-display font-bold">
          <span className="marked">{t('sample')}</span>
        </p>
      </Specimen>
      {['es', 'hi', 'ar'].map((language) => (
        <Specimen key={language} name={`lang="${language}"`}>
          <div lang={language} dir={language === 'ar' ? 'rtl' : 'ltr'}>
            <p className="font-display text-title font-bold">{scripts[language]?.[0]}</p>
            <p className="mt-2 max-w-prose">{scripts[language]?.[1]}</p>
          </div>
        </Specimen>
      ))}
    </div>
  );
}

/** The same in every language of the page, so that each face is seen. */
const scripts: Record<string, [title: string, text: string]> = {
  es: [
    '¿Construimos algo juntos?',
    'Una estudiante publica un proyecto con plazas libres; otro, que sabe justo eso, pide unirse. Ñandú, pingüino, 12 h a la semana, 350 €.',
  ],
  hi: [
    'साथ मिलकर कुछ बनाएँ',
    'कोई छात्रा खाली जगहों वाला प्रोजेक्ट लिखती है; कोई दूसरा, जिसे ठीक वही आता है, जुड़ने को पूछता है। सप्ताह में 12 घंटे, ₹18,000 तक।',
  ],
  ar: [
    'لنبنِ شيئًا معًا',
    'تنشر طالبةٌ مشروعًا فيه مقاعد شاغرة، ويطلب آخرُ الانضمام لأنه يُتقن ما ينقص الفريق تمامًا. 12 ساعة في الأسبوع، حتى 350 €.',
  ],
};

const steps = { '1': 'w-1', '2': 'w-2', '3': 'w-3', '4': 'w-4', '6': 'w-6', '8': 'w-8', '12': 'w-12', '16': 'w-16' };

export function Space() {
  return (
    <div className="flex flex-wrap items-end gap-x-10 gap-y-6">
      <Specimen name="1 2 3 4 6 8 12 16">
        <div className="flex items-end gap-3">
          {Object.entries(steps).map(([step, width]) => (
            <div key={step} className={`h-6 bg-ink ${width}`} />
          ))}
        </div>
      </Specimen>
      <Specimen name="rounded-control">
        <div className="h-12 w-24 rounded-control border border-edge bg-sheet" />
      </Specimen>
      <Specimen name="rounded-sheet shadow-sheet">
        <div className="h-12 w-24 rounded-sheet bg-sheet shadow-sheet" />
      </Specimen>
      <Specimen name="ruled" className="grow basis-60">
        <div className="ruled h-12" />
      </Specimen>
    </div>
  );
}

export function Motion() {
  return (
    <div className="grid gap-8 sm:grid-cols-2">
      <Specimen name="Bone">
        <Bone className="h-6 w-2/3" />
      </Specimen>
      <Specimen name="RowSkeletons">
        <RowSkeletons count={1} />
      </Specimen>
      <Specimen name="PageSkeleton">
        <div className="h-60 overflow-hidden">
          <PageSkeleton />
        </div>
      </Specimen>
      <Times />
    </div>
  );
}

const times = { '--time-quick': 'duration-(--time-quick)', '--time-settle': 'duration-(--time-settle)' };

function Times() {
  const t = useTranslations('gallery');
  const [isMoved, setMoved] = useState(false);
  return (
    <div className="flex flex-col items-start gap-4">
      {Object.entries(times).map(([name, className]) => (
        <Specimen key={name} name={name}>
          <div
            className={`size-8 rounded-full bg-ink transition-transform ease-settle ${className} ${isMoved ? 'translate-x-40 rtl:-translate-x-40' : ''}`}
          />
        </Specimen>
      ))}
      <Button look="secondary" onClick={() => setMoved(!isMoved)}>
        {t('press')}
      </Button>
    </div>
  );
}
