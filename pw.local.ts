import base from './playwright.config.ts';
export default { ...base, workers: 2, use: { ...base.use, baseURL: 'http://localhost:4333' }, webServer: { command: 'astro preview --ignore-lock --port 4333', port: 4333, reuseExistingServer: false } };
