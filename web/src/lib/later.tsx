import { type ComponentType, type ReactNode, useEffect, useState } from 'react';

/**
 * A part of a page whose code comes when it is first shown, so that the page itself does not wait for it. A loader that
 * awaits `fetch` has it there at once, also in the markup of the server.
 *
 * @param fallback takes as much room
 */
export function later<P extends object>(load: () => Promise<ComponentType<P>>, fallback: ReactNode) {
  let Loaded: ComponentType<P> | undefined;
  const fetch = async (): Promise<void> => {
    Loaded ??= await load();
  };
  function Later(props: P) {
    const [Shown, show] = useState(() => Loaded);
    useEffect(() => {
      if (!Shown) void fetch().then(() => show(() => Loaded));
    }, [Shown]);
    return Shown ? <Shown {...props} /> : fallback;
  }
  return Object.assign(Later, { fetch });
}
