/* upper.h — the door of the upper room. */
#ifndef NETLAB_SERVICES_UPPER_H
#define NETLAB_SERVICES_UPPER_H

#include "service.h"

extern const struct service upper_service;

#endif
