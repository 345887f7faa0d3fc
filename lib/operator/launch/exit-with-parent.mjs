// Loaded into the web server first: ends it when the launcher has ended, for any reason.
process.on('disconnect', () => process.exit(0));
