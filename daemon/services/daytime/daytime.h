/* daytime.h — the door of the daytime room. */
#ifndef NETLAB_SERVICES_DAYTIME_H
#define NETLAB_SERVICES_DAYTIME_H

#include "service.h"

extern const struct service daytime_service;

#endif
