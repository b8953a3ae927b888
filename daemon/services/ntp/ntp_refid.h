/* ntp_refid.h — reference ids, in which a server says where it has its time
 * from, or in a kiss-o'-death what it wants: RFC 5905 §7.3, §7.4. Pure. */
#ifndef NETLAB_SERVICES_NTP_REFID_H
#define NETLAB_SERVICES_NTP_REFID_H

#include <stdbool.h>
#include <stdint.h>

enum {
	NTP_REFID_TEXT_MAX = 16,     /* "255.255.255.255" and its NUL */
	NTP_REFID_INIT = 0x494e4954, /* "INIT": not synchronised yet */
};

/* One to four printable characters of ASCII, then zeros: the form of kiss codes
 * and of sources at stratum 1. */
bool ntp_refid_is_text(uint32_t refid);

/*
 * Writes REFID of a server at STRATUM to TEXT: characters at stratum 0 and 1,
 * where it has any, else four numbers, as of an address. Returns TEXT.
 */
const char *ntp_refid_text(
    unsigned stratum, uint32_t refid, char text[NTP_REFID_TEXT_MAX]);

/* What it means, in a phrase: "Global Positioning System". Static; never NULL.
 */
const char *ntp_refid_meaning(unsigned stratum, uint32_t refid);

#endif
