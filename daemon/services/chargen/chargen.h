/* chargen.h — the door of the chargen room. */
#ifndef NETLAB_SERVICES_CHARGEN_H
#define NETLAB_SERVICES_CHARGEN_H

#include "service.h"

extern const struct service chargen_service;

#endif
