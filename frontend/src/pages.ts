/** Pages of Home Assistant that texts link to. */

/** Where walkers and their pods are added. */
export const INTEGRATION_PAGE = "/config/integrations/integration/retrostep";
/** Where a walker is added: Home Assistant's form of the integration opens. */
export const ADD_PAGE = "/config/integrations/dashboard/add?domain=retrostep";

/** The page of a device; of the integration where there is none. */
export const devicePage = (id: string | null | undefined): string =>
  id ? `/config/devices/device/${id}` : INTEGRATION_PAGE;
