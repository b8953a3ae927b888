/* dns_load_settings.h — the keys of the dns section that concern the room as a
 * whole → struct dns_settings. Loader process only. */
#ifndef NETLAB_SERVICES_DNS_LOAD_SETTINGS_H
#define NETLAB_SERVICES_DNS_LOAD_SETTINGS_H

#include "service.h"
#include "services/dns/dns_catalog.h"

/* Those keys, for the room's option array. */
#define DNS_LOAD_SETTINGS_OPTIONS                                              \
	CFG_BOOL("cookies", cfg_true, CFGF_NONE),                              \
	    CFG_BOOL("require_cookies", cfg_false, CFGF_NONE),                 \
	    CFG_STR("cookie_file", NULL, CFGF_NODEFAULT),                      \
	    CFG_STR_LIST("cookie_secret", NULL, CFGF_NODEFAULT),               \
	    CFG_STR("nsid", NULL, CFGF_NODEFAULT),                             \
	    CFG_STR("server_id", NULL, CFGF_NODEFAULT),                        \
	    CFG_STR("version", NULL, CFGF_NODEFAULT),                          \
	    CFG_INT("tcp_timeout", 10, CFGF_NONE),                             \
	    CFG_BOOL("log_wire", cfg_false, CFGF_NONE)

/* Fills OUT, zeroed, from LOAD's section. Mistakes are told; what is wrong is
 * as if it were not there. */
void dns_load_settings(struct service_load *load, struct dns_settings *out);

#endif
