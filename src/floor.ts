/** The oldest browsers in which everything works; older ones read everything. */
export const floor = ['safari12.1', 'ios12.2', 'chrome70', 'firefox68'];
