// Loaded into the web server before anything else: it ends when the launcher is gone, however that came about.
process.on('disconnect', () => process.exit(0));
