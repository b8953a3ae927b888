/* dissect_ntp_behind.h — what follows the header of an NTP packet. Pure. */
#ifndef NETLAB_CLIENT_DISSECT_DISSECT_NTP_BEHIND_H
#define NETLAB_CLIENT_DISSECT_DISSECT_NTP_BEHIND_H

#include "client/dissect/dissect.h"

/* Extension fields (RFC 7822) and a MAC: bytes AT … END behind the header of a
 * packet of VERSION; before version 4 all of them are a MAC. */
void dissect_ntp_behind(
    struct dissect *dissect, size_t at, size_t end, unsigned version);

#endif
