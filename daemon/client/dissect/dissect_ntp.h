/* dissect_ntp.h — see each function. Pure. */
#ifndef NETLAB_CLIENT_DISSECT_DISSECT_NTP_H
#define NETLAB_CLIENT_DISSECT_DISSECT_NTP_H

#include "client/dissect/dissect.h"

/* An NTP packet (RFC 5905 §7.3), with what follows its header. */
dissector dissect_ntp;

#endif
