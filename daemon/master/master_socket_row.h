/*
 * master_socket_row.h — a line of /proc/net/tcp, tcp6, udp or udp6 (proc(5)):
 * which socket is bound where, and whose it is. Pure.
 */
#ifndef NETLAB_MASTER_MASTER_SOCKET_ROW_H
#define NETLAB_MASTER_MASTER_SOCKET_ROW_H

#include "core/addr.h"

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

struct master_socket_row {
	struct addr local;
	bool is_listening; /* of TCP; a UDP socket never is */
	uid_t uid;         /* who made it */
	uint64_t inode;    /* 0: nobody has it open any more (TIME_WAIT) */
};

/* Reads LINE, with or without its newline, into ROW. false: it is no such line
 * (the heading is none), and ROW holds nothing. */
bool master_socket_row_parse(const char *line, struct master_socket_row *row)
    __attribute__((warn_unused_result));

/*
 * How likely ROW is what keeps another socket of its transport from being bound
 * to ADDR: 0, it is not in the way; else the more the likelier. A listener is
 * likelier than a connection, and a socket of ADDR's own family likelier than
 * an IPv6 socket that may be for IPv4 as well, which its line does not say.
 */
unsigned master_socket_row_rank(
    const struct master_socket_row *row, const struct addr *addr);

#endif
