export function findBrowser(): Promise<string | undefined>;
export function findSystemBrowser(): string | undefined;
