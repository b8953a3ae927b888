/* ntp_key_text.h — one line of a keys file, as chrony and ntpd have them. Pure.
 */
#ifndef NETLAB_SERVICES_NTP_KEY_TEXT_H
#define NETLAB_SERVICES_NTP_KEY_TEXT_H

#include "core/span.h"
#include "services/ntp/ntp_key.h"

/*
 * Reads LINE, without its newline: "ID TYPE KEY", an ID from 1 to 2^32 - 1.
 * Returns NULL and fills KEY, whose id is 0 for a line that is empty or a
 * comment; or says what is wrong, never with a word of LINE, any of which may
 * be a secret in the wrong place.
 */
const char *ntp_key_text_read(struct span line, struct ntp_key *key)
    __attribute__((warn_unused_result));

#endif
