import { useRef, useState } from 'react';
import { useTranslations } from 'use-intl';
import { Button, type ButtonLook } from '../../components/button.tsx';
import { Combobox } from '../../components/combobox.tsx';
import { CopyLinkButton } from '../../components/copy-link-button.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { DraftStatus } from '../../components/draft-status.tsx';
import { BlankSheet } from '../../components/drawings.tsx';
import { ErrorSummary } from '../../components/error-summary.tsx';
import { ExternalLink } from '../../components/external-link.tsx';
import { CheckboxField, FormError, RadioGroup, SelectField, TextArea, TextField } from '../../components/fields.tsx';
import { PlusIcon } from '../../components/icons.tsx';
import { KeyHint } from '../../components/key-hint.tsx';
import { Popover } from '../../components/popover.tsx';
import { EmptyState, ErrorState } from '../../components/states.tsx';
import { TabRow, tabClass } from '../../components/tab-row.tsx';
import { Tag } from '../../components/tag.tsx';
import { RelativeTime } from '../../components/time.tsx';
import { Tip } from '../../components/tip.tsx';
import { ApiError } from '../../lib/errors.ts';
import { showToast, undoable } from '../../lib/toasts.ts';
import { Specimen } from './specimen.tsx';

const looks: ButtonLook[] = ['primary', 'secondary', 'quiet', 'danger'];

export function Actions() {
  const t = useTranslations('gallery');
  const [isOpen, setOpen] = useState(false);
  return (
    <div className="flex flex-wrap items-end gap-x-10 gap-y-6">
      {looks.map((look) => (
        <Specimen key={look} name={`Button look="${look}"`}>
          <div className="flex flex-wrap items-center gap-3">
            <Button look={look}>{t('press')}</Button>
            <Button look={look} size="small">
              <PlusIcon className="size-4" />
              {t('press')}
            </Button>
            <Button look={look} size="small" isPending>
              {t('press')}
            </Button>
          </div>
        </Specimen>
      ))}
      <Specimen name="CopyLinkButton">
        <CopyLinkButton path="/dev/components" />
      </Specimen>
      <Specimen name="Popover">
        <Popover label={t('more')} trigger={<span className="ps-2">{t('more')}</span>}>
          <p className="px-3 py-2">{t('text')}</p>
        </Popover>
      </Specimen>
      <Specimen name="Dialog">
        <Button look="secondary" onClick={() => setOpen(true)}>
          {t('open')}
        </Button>
        <Dialog title={t('sample')} isOpen={isOpen} onClose={() => setOpen(false)}>
          <p>{t('text')}</p>
        </Dialog>
      </Specimen>
      <Specimen name="link">
        <a href="#root" className="link">
          {t('sample')}
        </a>
      </Specimen>
      <Specimen name="TabRow" className="min-w-0 basis-full">
        <TabRow label={t('actions')} open="space">
          {(['colour', 'type', 'space', 'fields', 'notices'] as const).map((part) => (
            <li key={part}>
              <a href="#root" aria-current={part === 'space' ? 'page' : undefined} className={tabClass}>
                {t(part)}
              </a>
            </li>
          ))}
        </TabRow>
      </Specimen>
      <Specimen name="ExternalLink">
        <ExternalLink href="https://example.org">{t('sample')}</ExternalLink>
      </Specimen>
      <Specimen name="Tip">
        <Tip more={t('text')}>{t('sample')}</Tip>
      </Specimen>
      <Specimen name="RelativeTime">
        <RelativeTime value="2026-06-01T12:00:00Z" />
      </Specimen>
      <Specimen name="KeyHint">
        <KeyHint>{'/'}</KeyHint>
      </Specimen>
      <Specimen name="Tag">
        <div className="flex gap-2">
          {(['plain', 'invented', 'good', 'warm', 'bad'] as const).map((tone) => (
            <Tag key={tone} tone={tone}>
              {t('label')}
            </Tag>
          ))}
        </div>
      </Specimen>
    </div>
  );
}

/** What a form was refused for. */
const refused = { '/label': ['blank'] };

const tools = ['Hammer', 'Handsaw', 'Marking gauge', 'Plane', 'Spokeshave', 'Try square'];

export function Fields() {
  const t = useTranslations('gallery');
  const [text, setText] = useState('');
  const [choice, setChoice] = useState('a');
  const form = useRef<HTMLFormElement>(null);
  const choices = [
    { value: 'a', label: t('choiceA'), hint: t('hint') },
    { value: 'b', label: t('choiceB') },
  ];
  return (
    <div className="grid items-start gap-8 md:grid-cols-2">
      <Specimen name="TextField">
        <TextField label={t('label')} hint={t('hint')} isOptional />
      </Specimen>
      <Specimen name="TextField error, ErrorSummary">
        <form ref={form}>
          <TextField label={t('label')} error={t('problem')} defaultValue={t('sample')} />
          <div className="mt-3 min-h-24">
            <ErrorSummary form={form} errors={refused} />
          </div>
        </form>
      </Specimen>
      <Specimen name="Combobox">
        <Combobox
          value={text}
          onInput={setText}
          items={tools.filter((tool) => tool.toLowerCase().includes(text.toLowerCase()))}
          keyOf={(tool) => tool}
          render={(tool) => tool}
          onPick={setText}
          listLabel={t('tools')}
          input={{ 'aria-label': t('tools') }}
        />
      </Specimen>
      <Specimen name="SelectField">
        <SelectField label={t('label')} choices={choices} />
      </Specimen>
      <Specimen name="TextArea">
        <TextArea label={t('label')} />
      </Specimen>
      <Specimen name="RadioGroup">
        <RadioGroup legend={t('label')} name="choice" value={choice} choices={choices} onChange={setChoice} />
      </Specimen>
      <Specimen name="CheckboxField">
        <CheckboxField label={t('choiceA')} hint={t('hint')} defaultChecked />
      </Specimen>
      <Specimen name="FormError">
        <FormError>{t('problem')}</FormError>
      </Specimen>
    </div>
  );
}

const failure = new ApiError({
  status: 503,
  code: 'unavailable',
  params: {},
  errors: [],
  requestId: 'req_0123456789',
  retryAfter: null,
});

const phases = ['blank', 'writing', 'saved', 'waiting', 'signedOut', 'refused'] as const;
const savedAt = Date.parse('2026-06-01T12:00:00Z');

export function Notices() {
  const t = useTranslations('gallery');
  return (
    <div className="grid items-start gap-8 md:grid-cols-2">
      <Specimen name="showToast, undoable" className="md:col-span-2">
        <div className="flex flex-wrap gap-3">
          <Button look="secondary" onClick={() => showToast(t('sample'), 'good')}>
            {t('tell')}
          </Button>
          <Button look="secondary" onClick={() => showToast(t('problem'), 'bad')}>
            {t('fail')}
          </Button>
          <Button
            look="secondary"
            onClick={() =>
              undoable({ text: t('changed'), undo: () => showToast(t('sample')), commit: () => showToast(t('sent')) })
            }
          >
            {t('change')}
          </Button>
        </div>
      </Specimen>
      {phases.map((phase) => (
        <Specimen key={phase} name={`DraftStatus phase="${phase}"`}>
          <DraftStatus draft={{ phase, savedAt, error: phase === 'refused' ? failure : null }} />
        </Specimen>
      ))}
      <Specimen name="EmptyState drawing" className="md:col-span-2">
        <EmptyState
          title={t('sample')}
          drawing={<BlankSheet />}
          action={<Button look="secondary">{t('press')}</Button>}
        >
          {t('text')}
        </EmptyState>
      </Specimen>
      <Specimen name="EmptyState">
        <EmptyState title={t('sample')}>{t('text')}</EmptyState>
      </Specimen>
      <Specimen name="ErrorState">
        <ErrorState error={failure} onRetry={() => showToast(t('sample'))} />
      </Specimen>
    </div>
  );
}
