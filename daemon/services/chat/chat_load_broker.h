/* chat_load_broker.h — the keys of the lab section that concern the broker.
 * Loader process only. */
#ifndef NETLAB_SERVICES_CHAT_CHAT_LOAD_BROKER_H
#define NETLAB_SERVICES_CHAT_CHAT_LOAD_BROKER_H

#include "service.h"
#include "services/chat/chat_broker.h"

/* For the room's options. */
#define CHAT_LOAD_BROKER_OPTIONS                                               \
	CFG_STR("broker", NULL, CFGF_NODEFAULT),                               \
	    CFG_STR("broker_user", NULL, CFGF_NODEFAULT),                      \
	    CFG_STR("broker_password_file", NULL, CFGF_NODEFAULT),             \
	    CFG_STR("broker_ca", NULL, CFGF_NODEFAULT),                        \
	    CFG_STR("broker_cert", NULL, CFGF_NODEFAULT),                      \
	    CFG_STR("broker_key", NULL, CFGF_NODEFAULT),                       \
	    CFG_STR("broker_node", NULL, CFGF_NODEFAULT),                      \
	    CFG_STR("broker_prefix", "netlabd", CFGF_NONE),                    \
	    CFG_INT("broker_keepalive", 15, CFGF_NONE)

/*
 * What the section says of a broker. The files that it names are appended to
 * the part that LOAD writes, so that its worker opens none. Mistakes go to
 * LOAD's report; host is "" where no broker is named.
 */
struct chat_broker chat_load_broker(struct service_load *load);

#endif
