'use client';

import type { ReactNode } from 'react';
import { useEffect, useRef } from 'react';
import { buttonClass } from './button-class';

interface MenuProps {
  /** What the menu is for: "More for Press line 7". */
  readonly label: string;
  /** The picture on the button, rendered by the page. */
  readonly icon: ReactNode;
  /** Links, and forms with one button, in order. */
  readonly children: ReactNode;
}

/** Acts of a row behind one button. A disclosure, so it opens without scripts; with them it also closes by Escape or a click elsewhere. */
export function Menu({ label, icon, children }: MenuProps) {
  const ref = useRef<HTMLDetailsElement>(null);

  useEffect(() => {
    const closeOutside = (event: PointerEvent) => {
      if (event.target instanceof Node && ref.current?.contains(event.target) === false) ref.current.open = false;
    };
    const closeByKey = (event: KeyboardEvent) => {
      if (event.key !== 'Escape' || ref.current?.open !== true) return;
      ref.current.open = false;
      ref.current.querySelector('summary')?.focus();
    };
    document.addEventListener('pointerdown', closeOutside);
    document.addEventListener('keydown', closeByKey);
    return () => {
      document.removeEventListener('pointerdown', closeOutside);
      document.removeEventListener('keydown', closeByKey);
    };
  }, []);

  return (
    <details ref={ref} name="menu" className="relative inline-block text-left">
      <summary className={`${buttonClass('quiet', 'small')} size-9 px-0 pointer-coarse:size-11`}>
        {icon}
        <span className="sr-only">{label}</span>
      </summary>
      <div className="absolute top-full right-0 z-30 mt-1 grid min-w-48 rounded-xl border border-line bg-surface p-1.5 shadow-lifted">
        {children}
      </div>
    </details>
  );
}
