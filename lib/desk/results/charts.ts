import type { EChartsCoreOption } from 'echarts';
import type { Language } from '../../domain/glossary';
import type { CampaignReport, CrmReport, MonthlyKpis } from '../../domain/report';
import { kindInWords } from '../words';
import type { ChartImage, ResultCharts } from './state';
import { KPIS, kpiInWords, monthInWords, pointsInWords, resultsTexts, type Kpi } from './words';

/** The colours of the sheet (lib/web/baseStyle.ts), which an image does not inherit. */
const COLOURS = {
	light: { ink: '#2a2521', soft: '#645a50', line: '#e2d9cd', accent: '#0d5f59', card: '#fffdfa' },
	dark: { ink: '#f0eae2', soft: '#b9aea2', line: '#3b3630', accent: '#86cfc4', card: '#24211e' },
};
type Colours = (typeof COLOURS)['light'];

const FONT = "system-ui, -apple-system, 'Segoe UI', Roboto, sans-serif";
/** As wide as a phone: an image that is shown smaller would have letters that nobody can read. */
const WIDTH = 340;
const LINES_HEIGHT = 220;
const ROW_HEIGHT = 46;

/** Draws the charts of a report, on the server: no script runs where they are shown. */
export async function drawCharts(report: Pick<CrmReport, 'kpis' | 'campaigns'>, language: Language): Promise<ResultCharts> {
	const { init } = await import('echarts');
	const draw = (height: number, optionOf: (colours: Colours) => EChartsCoreOption): ChartImage => {
		const image = (colours: Colours) => {
			const chart = init(null, null, { renderer: 'svg', ssr: true, width: WIDTH, height });
			try {
				chart.setOption({ animation: false, backgroundColor: 'transparent', textStyle: { fontFamily: FONT }, ...optionOf(colours) });
				return `data:image/svg+xml;base64,${Buffer.from(chart.renderToSVGString()).toString('base64')}`;
			} finally {
				chart.dispose();
			}
		};
		return { light: image(COLOURS.light), dark: image(COLOURS.dark), width: WIDTH, height };
	};
	const shown = KPIS.filter((kpi) => report.kpis.some((month) => month[kpi].value !== undefined));
	const compared = comparedCampaigns(report.campaigns);
	return {
		kpis: Object.fromEntries(shown.map((kpi) => [kpi, draw(LINES_HEIGHT, (colours) => linesOf(kpi, report.kpis, language, colours))])),
		...(compared.length > 0 && { campaigns: draw(compared.length * ROW_HEIGHT + 40, (colours) => intervalsOf(compared, language, colours)) }),
	};
}

/** The campaigns whose difference is known. */
export function comparedCampaigns(campaigns: readonly CampaignReport[]): Array<CampaignReport & Required<Pick<CampaignReport, 'returnDifference'>>> {
	return campaigns.filter((campaign): campaign is CampaignReport & Required<Pick<CampaignReport, 'returnDifference'>> => campaign.returnDifference !== undefined && campaign.verdict !== undefined);
}

function linesOf(kpi: Kpi, kpis: readonly MonthlyKpis[], language: Language, { ink, soft, line, accent, card }: Colours): EChartsCoreOption {
	const texts = resultsTexts(language);
	const scale = kpi === 'averageBasket' ? 100 : 1;
	const values = (which: 'value' | 'yearBefore') => kpis.map((month) => {
		const value = month[kpi][which];
		return value === undefined ? null : value / scale;
	});
	const label = { color: soft, fontSize: 12 };
	return {
		grid: { left: 8, right: 12, top: 34, bottom: 6, containLabel: true },
		legend: { top: 0, left: 0, itemWidth: 22, textStyle: { color: ink, fontSize: 13 }, data: [texts.thisYear, texts.yearBefore] },
		xAxis: { type: 'category', data: kpis.map(({ month }) => monthInWords(month, language, true)), axisLine: { lineStyle: { color: line } }, axisTick: { show: false }, axisLabel: { ...label, hideOverlap: true } },
		yAxis: { type: 'value', scale: true, splitNumber: 4, splitLine: { lineStyle: { color: line } }, axisLabel: { ...label, formatter: (value: number) => kpiInWords(kpi, value * scale, language) } },
		series: [
			{ name: texts.yearBefore, type: 'line', silent: true, data: values('yearBefore'), symbol: 'none', lineStyle: { color: soft, width: 2, type: 'dashed' }, itemStyle: { color: soft } },
			{ name: texts.thisYear, type: 'line', silent: true, data: values('value'), symbol: 'circle', symbolSize: 7, lineStyle: { color: accent, width: 3 }, itemStyle: { color: accent, borderColor: card, borderWidth: 1 } },
		],
	};
}

/** A row for each campaign: its name, below it the difference with the bounds of the truth, and a line at nothing. */
function intervalsOf(campaigns: ReturnType<typeof comparedCampaigns>, language: Language, { ink, soft, line, accent, card }: Colours): EChartsCoreOption {
	const rows = campaigns.map(({ returnDifference: { low, difference, high } }, index) => [index, low * 100, difference * 100, high * 100]);
	const reach = Math.max(5, ...rows.flatMap(([, ...values]) => values.map(Math.abs)));
	return {
		grid: { left: 14, right: 14, top: 4, bottom: 30 },
		xAxis: { type: 'value', min: -Math.ceil(reach / 5) * 5, max: Math.ceil(reach / 5) * 5, splitLine: { lineStyle: { color: line } }, axisLabel: { color: soft, fontSize: 12, hideOverlap: true, formatter: (value: number) => `${value > 0 ? '+' : ''}${pointsInWords(value / 100, language)}` } },
		yAxis: { type: 'category', inverse: true, data: campaigns.map(({ campaign }) => campaign), show: false },
		series: [{
			type: 'custom', silent: true, z: 10, data: rows, encode: { x: [1, 2, 3], y: 0 },
			markLine: { silent: true, z: 1, symbol: 'none', label: { show: false }, lineStyle: { color: ink, width: 1.5, type: 'solid' }, data: [{ xAxis: 0 }] },
			renderItem: (_: unknown, api: { value(place: number): number; coord(point: number[]): number[] }) => {
				const [[left, y], [middle], [right]] = [1, 2, 3].map((place) => api.coord([api.value(place), api.value(0)]));
				const style = { stroke: accent, lineWidth: 4, lineCap: 'round' };
				return { type: 'group', children: [
					{ type: 'text', style: { text: kindInWords(campaigns[api.value(0)].campaign, language), x: 14, y: y - 14, fill: ink, backgroundColor: card, padding: [2, 6, 2, 0], font: `600 13px ${FONT}`, verticalAlign: 'middle', width: WIDTH - 28, overflow: 'truncate' } },
					{ type: 'line', shape: { x1: left, y1: y + 8, x2: right, y2: y + 8 }, style },
					{ type: 'circle', shape: { cx: middle, cy: y + 8, r: 7 }, style: { fill: accent } },
				] };
			},
		}],
	};
}
