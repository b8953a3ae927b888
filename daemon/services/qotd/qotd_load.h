/* qotd_load.h — the qotd room's key and its file. Loader process only. */
#ifndef NETLAB_SERVICES_QOTD_LOAD_H
#define NETLAB_SERVICES_QOTD_LOAD_H

#include "service.h"

extern cfg_opt_t qotd_load_options[];

/* service.load: reads the quotes, writes a struct qotd_set. A quote that cannot
 * be sent is told and left out; a file without any other is a mistake. */
void qotd_load(struct service_load *load);

#endif
