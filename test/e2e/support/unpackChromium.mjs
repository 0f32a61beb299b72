// Run as a child process: the package is ESM only (jest loads CommonJS), and it unpacks into the folder that it takes for the
// system's temporary one, next to whatever lies there and without a guard against a broken-off run. So the caller gives it a folder of its own.
// It brings its own system libraries only where it believes to run on AWS Lambda; the caller sets AWS_EXECUTION_ENV for that.
import chromium from '@sparticuz/chromium';

await chromium.executablePath();
