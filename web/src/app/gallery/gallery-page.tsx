/** Every shared component in its states, for those who build: shown where the demo campus is loaded. */
import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import { NotFoundPage } from '../../components/not-found-page.tsx';
import { Page, Section } from '../../components/page.tsx';
import { useBoot } from '../../lib/boot.ts';
import { Actions, Fields, Notices } from './actions.tsx';
import { Covers, Drawings, Faces, Icons } from './drawings.tsx';
import { Colours, Motion, Space, Type } from './tokens.tsx';

export function GalleryPage() {
  return useBoot().isDemo ? <Gallery /> : <NotFoundPage />;
}

function Gallery() {
  const t = useTranslations('gallery');
  const parts: [title: string, content: ReactNode][] = [
    [t('colour'), <Colours key="colour" />],
    [t('type'), <Type key="type" />],
    [t('space'), <Space key="space" />],
    [t('motion'), <Motion key="motion" />],
    [t('covers'), <Covers key="covers" />],
    [t('faces'), <Faces key="faces" />],
    [t('drawings'), <Drawings key="drawings" />],
    [t('icons'), <Icons key="icons" />],
    [t('actions'), <Actions key="actions" />],
    [t('fields'), <Fields key="fields" />],
    [t('notices'), <Notices key="notices" />],
  ];
  return (
    <Page title={t('title')} lead={t('lead')}>
      <div className="flex flex-col gap-14">
        {parts.map(([title, content]) => (
          <Section key={title} title={title}>
            {content}
          </Section>
        ))}
      </div>
    </Page>
  );
}
