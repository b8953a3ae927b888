/* echo.h — the door of the echo room. */
#ifndef NETLAB_SERVICES_ECHO_H
#define NETLAB_SERVICES_ECHO_H

#include "service.h"

extern const struct service echo_service;

#endif
