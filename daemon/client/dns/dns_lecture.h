/* dns_lecture.h — `netlab dns --lecture`: a dialogue, as in the lectures. */
#ifndef NETLAB_CLIENT_DNS_DNS_LECTURE_H
#define NETLAB_CLIENT_DNS_DNS_LECTURE_H

#include "client/dns/dns_ask.h"

/*
 * Asks for names on standard input until "end", "exit" or its end, and prints
 * the addresses of each:
 *	Enter Domain Name: google.com
 *	> google.com: type A, class IN, TTL 260, addr (4) 192.165.1.1
 * where (4) is RDLENGTH. TASK, which ASK borrows, is given the names. Returns
 * the greatest enum verb_exit of all questions; has complained of those that
 * are not good.
 */
int dns_lecture(struct dns_ask *ask, struct dns_task *task,
    const struct screen *screen) __attribute__((warn_unused_result));

#endif
