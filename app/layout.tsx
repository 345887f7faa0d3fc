import '@fontsource-variable/inter/index.css';
import '@fontsource-variable/jetbrains-mono/index.css';
import './globals.css';
import type { Metadata, Viewport } from 'next';
import type { CSSProperties, ReactNode } from 'react';
import { NotSetUp } from '@/components/feedback/not-set-up';
import { RightAddress } from '@/components/layout/right-address';
import { WRONG_ADDRESS_PATH } from '@/lib/web/front/find-address';
import { currentVendor } from '@/lib/web/read-vendor';
import { settings } from '@/lib/web/web-settings';

export async function generateMetadata(): Promise<Metadata> {
  const name = (await currentVendor())?.name ?? 'Airgate';
  return {
    title: { default: name, template: `%s – ${name}` },
    description: 'Activate machines that have no network.',
    icons: { icon: { url: '/icon.svg', type: 'image/svg+xml' } },
    robots: { index: false, follow: false },
  };
}

export const viewport: Viewport = {
  width: 'device-width',
  initialScale: 1,
  themeColor: [
    { media: '(prefers-color-scheme: light)', color: '#f8fafa' },
    { media: '(prefers-color-scheme: dark)', color: '#0b0f11' },
  ],
};

/** Document of every page: language, fonts, colours, and the skip link. */
export default async function RootLayout({ children }: { readonly children: ReactNode }) {
  const vendor = await currentVendor();
  const { url, isUrlAssumed } = settings();
  return (
    <html lang="en-GB" style={vendor === null ? undefined : accentOf(vendor)}>
      <body className="font-sans text-base">
        <a
          href="#content"
          className="sr-only z-50 rounded-lg bg-accent font-medium text-on-accent focus:not-sr-only focus:fixed focus:top-3 focus:left-3 focus:px-4 focus:py-3"
        >
          Skip to content
        </a>
        {isUrlAssumed ? null : <RightAddress origin={url} otherwise={WRONG_ADDRESS_PATH} />}
        {vendor === null ? <NotSetUp /> : children}
      </body>
    </html>
  );
}

/** Sets the colour of the vendor; the style sheet keeps its hue and ensures contrast. */
function accentOf({ accent }: { readonly accent: string }): CSSProperties {
  return { '--vendor': accent } as CSSProperties;
}
