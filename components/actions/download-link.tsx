import { Download } from '@lucide/icons';
import { Icon } from '../layout/icon';
import type { ButtonKind, ButtonSize } from './button-class';
import { buttonClass } from './button-class';

interface DownloadLinkProps {
  /** Address of the file. */
  readonly href: string;
  /** Names the file for screen readers when several downloads are on the page. */
  readonly fileName: string;
  readonly label?: string;
  readonly kind?: ButtonKind;
  readonly size?: ButtonSize;
}

/** Downloads a file. A plain link: works with scripts off, and the router never prefetches it. */
export function DownloadLink({ href, fileName, label = 'Download', kind = 'secondary', size }: DownloadLinkProps) {
  return (
    <a href={href} download={fileName} className={buttonClass(kind, size)}>
      <Icon icon={Download} className="size-[1.2em]" />
      {label}
      <span className="sr-only"> {fileName}</span>
    </a>
  );
}
