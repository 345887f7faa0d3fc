'use client';

import './globals.css';
import ErrorPage from './error';

interface GlobalErrorPageProps {
  readonly error: unknown;
  readonly retry: () => void;
}

/** Replaces the whole document when the root layout failed. */
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
