import type { ComponentProps } from 'react';
import type { IconData } from '../layout/icon';
import { Icon } from '../layout/icon';
import type { ButtonKind, ButtonSize } from './button-class';
import { buttonClass } from './button-class';

interface ButtonProps extends Omit<ComponentProps<'button'>, 'className'> {
  readonly kind?: ButtonKind;
  readonly size?: ButtonSize;
  readonly icon?: IconData;
}

/** A button. Submits its form unless `type` differs. */
export function Button({ kind, size, icon, children, type = 'submit', ...rest }: ButtonProps) {
  return (
    <button {...rest} type={type} className={buttonClass(kind, size)}>
      {icon === undefined ? null : <Icon icon={icon} className="size-[1.2em]" />}
      {children}
    </button>
  );
}
