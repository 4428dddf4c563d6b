import * as z from 'zod';

/**
 * The area over which a wearer inside a zone may be, square metres, whatever the zone's own: a dial
 * beside the certainty. Smaller opens sooner and misses less, at more false alerts.
 */
export const insideAreaSchema = z.number().min(1e4).max(1e6);
