'use client';

import './globals.css';
import ErrorPage from './error';

interface GlobalErrorPageProps {
  readonly error: unknown;
  readonly retry: () => void;
}

/** Shown when even the document around every page failed. */
export default function GlobalErrorPage(props: GlobalErrorPageProps) {
  return (
    <html lang="en-GB">
      <body className="font-sans text-base">
        <title>Something went wrong</title>
        <ErrorPage {...props} />
      </body>
    </html>
  );
}
