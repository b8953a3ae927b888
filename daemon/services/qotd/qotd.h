/* qotd.h — the door of the qotd room. */
#ifndef NETLAB_SERVICES_QOTD_H
#define NETLAB_SERVICES_QOTD_H

#include "service.h"

extern const struct service qotd_service;

#endif
