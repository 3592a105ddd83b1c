import { geoAlbersUsa } from 'd3-geo';

/** The picture of the states and counties, in tenths of the atlas's units, so that every coordinate is a whole number. */
export const MAP_WIDTH = 9750;
export const MAP_HEIGHT = 6100;
/** Tenths in one unit of the atlas. */
export const TENTHS = 10;

/** The states and the District of Columbia, as the atlas draws them; territories are not in its picture. */
const albers = geoAlbersUsa().scale(1300).translate([487.5, 305]);

/** Where a point (degrees) lies in the picture; null for what it does not show, such as Guam. */
export function inPicture({ latitude, longitude }: { latitude: number; longitude: number }): [number, number] | null {
	const at = albers([longitude, latitude]);
	return at && [Math.round(at[0] * TENTHS), Math.round(at[1] * TENTHS)];
}
