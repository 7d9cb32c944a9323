/** Pages of Home Assistant that texts link to. */

/** Where walkers and their pods are added. */
export const INTEGRATION_PAGE = "/config/integrations/integration/retrostep";
