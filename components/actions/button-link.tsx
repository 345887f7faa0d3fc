import Link from 'next/link';
import type { ReactNode } from 'react';
import type { IconData } from '../layout/icon';
import { Icon } from '../layout/icon';
import type { ButtonKind, ButtonSize } from './button-class';
import { buttonClass } from './button-class';

interface ButtonLinkProps {
  readonly href: string;
  readonly children: ReactNode;
  readonly kind?: ButtonKind;
  readonly size?: ButtonSize;
  readonly icon?: IconData;
}

/** A link to another page that looks like a button. */
export function ButtonLink({ href, children, kind = 'secondary', size, icon }: ButtonLinkProps) {
  return (
    <Link prefetch={false} href={href} className={buttonClass(kind, size)}>
      {icon === undefined ? null : <Icon icon={icon} className="size-[1.2em]" />}
      {children}
    </Link>
  );
}
