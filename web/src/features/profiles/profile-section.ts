import type { Profile, ProfileUpdate } from '@collabthon/contracts/profiles';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { draftName, inTab } from '../../lib/draft-places.ts';
import { isStatus } from '../../lib/errors.ts';
import { like } from '../../lib/like.ts';
import { undoable } from '../../lib/toasts.ts';
import { type Form, useForm } from '../../lib/use-form.ts';
import { myProfileQuery } from './api.ts';
import { useSaveProfile } from './saving.ts';

export interface ProfileSection<V extends object> {
  form: Form<V>;
  state: 'same' | 'changed' | 'saving' | 'saved' | 'conflict';
  save: () => void;
  /** Of two versions in `conflict`: what stands in this form, which is saved over the other. */
  keepMine: () => void;
  /** Of two versions in `conflict`: what was saved elsewhere. The writer can take it back for a while. */
  takeTheirs: (said: string) => void;
}

/** What was typed and not saved, and what it began from. */
interface Left<V> {
  values: V;
  base: { values: V; at: string };
}

const isSame = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);

/**
 * A part of my profile that is saved by itself. What was saved elsewhere meanwhile is taken over where nothing was
 * typed here; where something was, the writer is asked, and nothing is overwritten unseen. What is not saved yet waits
 * in this tab while the page is left.
 *
 * @param name of this part
 * @param read this part of a profile; the same values always come out in the same order
 */
export function useProfileSection<V extends object>(
  name: string,
  profile: Profile,
  read: (profile: Profile) => V,
  write: (values: V) => ProfileUpdate,
): ProfileSection<V> {
  const client = useQueryClient();
  const kept = read(profile);
  /** What this form began from. */
  const [base, setBase] = useState({ values: kept, at: profile.updated_at });
  const form = useForm(kept);
  const mutation = useSaveProfile();
  const [isJustSaved, setJustSaved] = useState(false);
  const takeBack = useRef<() => void>(undefined);
  // The offer to bring something back goes with its page.
  useEffect(() => () => takeBack.current?.(), []);
  const isChanged = !isSame(form.values, base.values);
  // Right after a save the profile may still be the one before it.
  const isOvertaken = profile.updated_at > base.at && !isSame(kept, base.values);
  const isConflict = isOvertaken && isChanged && !isSame(form.values, kept) && !mutation.isPending;

  const left = inTab<Left<V>>(draftName(client, `settings ${name}`));
  // After taking over, so that the server's markup and the first of the browser are the same.
  // biome-ignore lint/correctness/useExhaustiveDependencies: what was left is taken up once
  useEffect(() => {
    const found = left.read();
    if (!found) return;
    setBase({ values: like(kept, found.base.values), at: found.base.at });
    form.replace(like(kept, found.values));
  }, []);
  const isFirst = useRef(true);
  // biome-ignore lint/correctness/useExhaustiveDependencies: kept when what is typed, or what it began from, is another
  useEffect(() => {
    if (!isFirst.current) left.write(isChanged ? { values: form.values, base } : null);
    isFirst.current = false;
  }, [form.values, base]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: runs when the profile is another one
  useEffect(() => {
    if (!isOvertaken || isConflict || mutation.isPending) return;
    setBase({ values: kept, at: profile.updated_at });
    if (!isChanged) form.replace(kept);
  }, [profile.updated_at, isConflict, mutation.isPending]);

  const send = (values: V, follows: string) => {
    form.clear();
    setJustSaved(false);
    mutation.mutate(
      { ...write(values), follows },
      {
        onSuccess: (saved) => {
          setBase({ values: read(saved), at: saved.updated_at });
          // What was typed while it was on its way stays.
          form.change((now) => (isSame(now, values) ? read(saved) : now));
          setJustSaved(true);
        },
        onError: (error) => void refused(error, values),
      },
    );
  };
  const latest = profile.updated_at > base.at ? profile.updated_at : base.at;

  /** Overtaken in another part of the profile, it follows that one; in this part, the writer decides. */
  const refused = async (error: unknown, values: V) => {
    if (!isStatus(error, 412)) return form.fail(error);
    try {
      // The writer waits for the word that it did not work, so it is not tried again and again.
      const now = await client.fetchQuery({ ...myProfileQuery, staleTime: 0, retry: false });
      if (isSame(read(now), base.values)) send(values, now.updated_at);
    } catch (unread) {
      form.fail(unread);
    }
  };

  return {
    form,
    state: isConflict
      ? 'conflict'
      : mutation.isPending
        ? 'saving'
        : isChanged
          ? 'changed'
          : isJustSaved
            ? 'saved'
            : 'same',
    save: () => send(form.values, latest),
    keepMine: () => {
      setBase({ values: kept, at: latest });
      send(form.values, latest);
    },
    takeTheirs: (said) => {
      const mine = form.values;
      setBase({ values: kept, at: latest });
      form.replace(kept);
      takeBack.current = undoable({ text: said, undo: () => form.replace(mine), commit: () => {} });
    },
  };
}
