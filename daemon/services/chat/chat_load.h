/* chat_load.h — the keys of section lab that are the chat's. Loader process
 * only. */
#ifndef NETLAB_SERVICES_CHAT_LOAD_H
#define NETLAB_SERVICES_CHAT_LOAD_H

#include "service.h"

extern cfg_opt_t chat_load_options[];

/* service.load: checks the keys, writes a struct chat_settings. */
void chat_load(struct service_load *load);

#endif
