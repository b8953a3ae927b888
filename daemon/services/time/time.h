/* time.h — the door of the time room. */
#ifndef NETLAB_SERVICES_TIME_H
#define NETLAB_SERVICES_TIME_H

#include "service.h"

extern const struct service time_service;

#endif
