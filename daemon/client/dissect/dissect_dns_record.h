/* dissect_dns_record.h — questions and records (RFC 1035 §4.1.2, §4.1.3). Pure.
 */
#ifndef NETLAB_CLIENT_DISSECT_DISSECT_DNS_RECORD_H
#define NETLAB_CLIENT_DISSECT_DISSECT_DNS_RECORD_H

#include "client/dissect/dissect_dns_walk.h"
#include "services/dns/dns_name.h"

/* "google.com. A", and the class where it is not IN. */
enum { DISSECT_DNS_RECORD_TEXT_MAX = DNS_NAME_TEXT_MAX + 32 };

/*
 * Takes the next question, or record, as a group "SECTION NUMBER". False: where
 * it ends cannot be said, and all up to the end of the message is a bad field.
 * The question goes to TEXT.
 */
bool dissect_dns_record_question(struct dissect_dns_walk *walk,
    const char *section, unsigned number,
    char text[DISSECT_DNS_RECORD_TEXT_MAX]) __attribute__((warn_unused_result));
bool dissect_dns_record(struct dissect_dns_walk *walk, const char *section,
    unsigned number) __attribute__((warn_unused_result));

#endif
