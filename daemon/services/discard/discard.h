/* discard.h — the door of the discard room. */
#ifndef NETLAB_SERVICES_DISCARD_H
#define NETLAB_SERVICES_DISCARD_H

#include "service.h"

extern const struct service discard_service;

#endif
