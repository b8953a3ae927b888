/* hello.h — the door of the hello room. */
#ifndef NETLAB_SERVICES_HELLO_H
#define NETLAB_SERVICES_HELLO_H

#include "service.h"

extern const struct service hello_service;

#endif
