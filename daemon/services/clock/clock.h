/* clock.h — the door of the clock room. */
#ifndef NETLAB_SERVICES_CLOCK_H
#define NETLAB_SERVICES_CLOCK_H

#include "service.h"

extern const struct service clock_service;

#endif
