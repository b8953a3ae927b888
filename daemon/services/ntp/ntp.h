/* ntp.h — the door of the ntp room. */
#ifndef NETLAB_SERVICES_NTP_H
#define NETLAB_SERVICES_NTP_H

#include "service.h"

extern const struct service ntp_service;

#endif
