/** Sets the clock that the nodes read (an ISO instant); timers and sockets run on as they are. Ends with jest.useRealTimers(). */
export function setClock(now: string): void {
	jest.useFakeTimers({
		now: new Date(now),
		doNotFake: [
			'cancelAnimationFrame', 'cancelIdleCallback', 'clearImmediate', 'clearInterval', 'clearTimeout', 'hrtime', 'nextTick', 'performance',
			'queueMicrotask', 'requestAnimationFrame', 'requestIdleCallback', 'setImmediate', 'setInterval', 'setTimeout',
		],
	});
}
