import type { ReactNode } from 'react';
import { Avatar } from '../../components/avatar.tsx';
import * as drawings from '../../components/drawings.tsx';
import * as failures from '../../components/failure-drawings.tsx';
import * as icons from '../../components/icons.tsx';
import { LogoMark } from '../../components/logo.tsx';
import { ProjectCover } from '../../components/project-cover.tsx';
import { Specimen } from './specimen.tsx';

/** Seeds that between them show every motif, twice. */
const seeds = Array.from({ length: 36 }, (_, index) => index + 1);

export function Covers() {
  return (
    <>
      <div className="grid grid-cols-[repeat(auto-fill,minmax(6rem,1fr))] gap-3">
        {seeds.map((seed) => (
          <ProjectCover key={seed} seed={seed} title="" className="aspect-8/5 rounded-control" />
        ))}
      </div>
      <Specimen name="ProjectCover" className="mt-6">
        <ProjectCover seed={3} title="" className="aspect-8/3 w-full max-w-160 rounded-sheet" />
      </Specimen>
    </>
  );
}

const names = [
  'Maya Lindqvist',
  'Leo Brückner',
  'नूर शर्मा',
  'نور الهاشمي',
  '王小明',
  'Duy Trần',
  'test_user',
  'Ana de la Fuente',
];

export function Faces() {
  return (
    <div className="flex flex-wrap items-end gap-x-10 gap-y-6">
      {(['small', 'normal', 'large'] as const).map((size) => (
        <Specimen key={size} name={`Avatar size="${size}"`}>
          <div className="flex flex-wrap gap-2">
            {names.map((name) => (
              <Avatar key={name} name={name} size={size} />
            ))}
          </div>
        </Specimen>
      ))}
      <Specimen name="LogoMark">
        <LogoMark className="size-20" />
      </Specimen>
    </div>
  );
}

const wall = (things: object, className: string): ReactNode =>
  Object.entries(things as Record<string, (props: { className?: string }) => ReactNode>).map(([name, Thing]) => (
    <Specimen key={name} name={name}>
      <Thing className={className} />
    </Specimen>
  ));

export function Drawings() {
  return (
    <div className="grid grid-cols-[repeat(auto-fill,minmax(9rem,1fr))] gap-8">
      {wall({ ...drawings, ...failures }, 'w-36')}
    </div>
  );
}

export function Icons() {
  return <div className="grid grid-cols-[repeat(auto-fill,minmax(6rem,1fr))] gap-4">{wall(icons, 'size-6')}</div>;
}
