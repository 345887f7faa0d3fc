/**
 * Flags of the JavaScript engine for the web server and for programs that measure the portal. Answering a file leaves a quarter of a
 * megabyte of garbage. A young generation of twice the usual size is collected half as often, and promotes less garbage to the old
 * generation. Takes up to 48 MB of memory more.
 */
export const ENGINE_FLAGS: readonly string[] = ['--max-semi-space-size=32'];
