import * as z from 'zod';

/** Degrees north, WGS84, -90 to 90. */
export const latitudeSchema = z.number().min(-90).max(90).brand<'Latitude'>();
export type Latitude = z.infer<typeof latitudeSchema>;

/** Degrees east, WGS84, -180 to 180. */
export const longitudeSchema = z.number().min(-180).max(180).brand<'Longitude'>();
export type Longitude = z.infer<typeof longitudeSchema>;

/** Makes a latitude of a number of degrees. Throws when it is not within -90 to 90. */
export const latitude = (degrees: number): Latitude => latitudeSchema.parse(degrees);

/** Makes a longitude of a number of degrees. Throws when it is not within -180 to 180. */
export const longitude = (degrees: number): Longitude => longitudeSchema.parse(degrees);

export const positionSchema = z.object({ lat: latitudeSchema, lon: longitudeSchema });
/** A point on the ground, WGS84. GeoJSON writes it the other way round: [lon, lat]. */
export type Position = Readonly<z.infer<typeof positionSchema>>;

/** Makes a position of degrees north and degrees east. Throws when either is out of range. */
export const position = (lat: number, lon: number): Position => ({
  lat: latitude(lat),
  lon: longitude(lon),
});
