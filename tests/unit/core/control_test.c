/* control_test.c — messages between master and worker, with descriptors. */
#include "core/control.h"

#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

static int pair[2];

static int
set_up(void **state)
{
	(void)state;
	return socketpair(AF_UNIX, SOCK_SEQPACKET, 0, pair);
}

static int
tear_down(void **state)
{
	(void)state;
	close(pair[0]);
	close(pair[1]);
	return 0;
}

static int
count_descriptors(void)
{
	int count = 0;

	for (int fd = 0; fd < 256; fd++)
		count += fcntl(fd, F_GETFD) != -1;
	return count;
}

static void
plain_message_arrives(void **state)
{
	struct control_message in, out = {
	                               .kind = CONTROL_DRAIN,
	                               .argument = 5000,
	                           };

	(void)state;
	assert_true(control_send(pair[0], &out));
	assert_int_equal(control_receive(pair[1], &in), 1);
	assert_int_equal(in.kind, CONTROL_DRAIN);
	assert_int_equal(in.argument, 5000);
	assert_int_equal(in.socket_count, 0);
}

static void
descriptors_arrive_as_copies(void **state)
{
	struct control_message in, out = {.kind = CONTROL_LEND, .argument = 3};
	struct stat sent, received;
	int pipes[2];

	(void)state;
	assert_int_equal(pipe(pipes), 0);
	out.socket_count = CONTROL_SOCKET_MAX;
	for (uint16_t i = 0; i < CONTROL_SOCKET_MAX; i++)
		out.sockets[i] =
		    (struct heritage_socket){.fd = pipes[i % 2], .service = i};
	assert_true(control_send(pair[0], &out));
	assert_int_equal(control_receive(pair[1], &in), 1);
	assert_int_equal(in.socket_count, CONTROL_SOCKET_MAX);
	for (uint16_t i = 0; i < CONTROL_SOCKET_MAX; i++) {
		int fd = in.sockets[i].fd;

		assert_int_equal(in.sockets[i].service, i);
		assert_true(fd != pipes[i % 2]);
		assert_int_equal(fcntl(fd, F_GETFD), FD_CLOEXEC);
		assert_int_equal(fstat(pipes[i % 2], &sent), 0);
		assert_int_equal(fstat(fd, &received), 0);
		assert_int_equal(sent.st_ino, received.st_ino);
		close(fd);
	}
	close(pipes[0]);
	close(pipes[1]);
}

static void
nothing_there_is_eagain(void **state)
{
	struct control_message in;

	(void)state;
	assert_int_equal(control_receive(pair[1], &in), -1);
	assert_int_equal(errno, EAGAIN);
}

static void
peer_gone_is_zero_and_epipe(void **state)
{
	struct control_message message = {.kind = CONTROL_READY};

	(void)state;
	close(pair[0]);
	pair[0] = -1;
	assert_int_equal(control_receive(pair[1], &message), 0);
	assert_false(control_send(pair[1], &message));
	assert_int_equal(errno, EPIPE);
}

static void
peer_that_does_not_read_is_eagain(void **state)
{
	struct control_message message = {.kind = CONTROL_DRAIN};
	int sent = 0;

	(void)state;
	while (sent < 100000 && control_send(pair[0], &message))
		sent++;
	assert_in_range(sent, 1, 99999);
	assert_int_equal(errno, EAGAIN);
}

static void
short_packet_is_refused(void **state)
{
	struct control_message in;

	(void)state;
	assert_int_equal(send(pair[0], "abc", 3, 0), 3);
	assert_int_equal(control_receive(pair[1], &in), -1);
	assert_int_equal(errno, EBADMSG);
}

static void
count_without_descriptors_is_refused(void **state)
{
	struct control_message in, out = {.socket_count = 2};

	(void)state;
	assert_true(send(pair[0], &out,
	                offsetof(struct control_message, sockets) +
	                    2 * sizeof(struct heritage_socket),
	                0) > 0);
	assert_int_equal(control_receive(pair[1], &in), -1);
	assert_int_equal(errno, EBADMSG);
}

static void
descriptors_without_count_are_closed(void **state)
{
	struct control_message in;
	uint32_t content[3] = {CONTROL_LEND, 0, 0};
	struct iovec part = {content, sizeof(content)};
	union {
		struct cmsghdr header;
		uint8_t bytes[CMSG_SPACE(sizeof(int))];
	} rights = {.header = {
	                .cmsg_len = CMSG_LEN(sizeof(int)),
	                .cmsg_level = SOL_SOCKET,
	                .cmsg_type = SCM_RIGHTS,
	            }};
	struct msghdr header = {
	    .msg_iov = &part,
	    .msg_iovlen = 1,
	    .msg_control = rights.bytes,
	    .msg_controllen = sizeof(rights.bytes),
	};
	int fd = STDIN_FILENO, before;

	(void)state;
	memcpy(CMSG_DATA(&rights.header), &fd, sizeof(fd));
	assert_true(sendmsg(pair[0], &header, 0) > 0);
	before = count_descriptors();
	assert_int_equal(control_receive(pair[1], &in), -1);
	assert_int_equal(errno, EBADMSG);
	assert_int_equal(count_descriptors(), before);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test_setup_teardown(
	        plain_message_arrives, set_up, tear_down),
	    cmocka_unit_test_setup_teardown(
	        descriptors_arrive_as_copies, set_up, tear_down),
	    cmocka_unit_test_setup_teardown(
	        nothing_there_is_eagain, set_up, tear_down),
	    cmocka_unit_test_setup_teardown(
	        peer_gone_is_zero_and_epipe, set_up, tear_down),
	    cmocka_unit_test_setup_teardown(
	        peer_that_does_not_read_is_eagain, set_up, tear_down),
	    cmocka_unit_test_setup_teardown(
	        short_packet_is_refused, set_up, tear_down),
	    cmocka_unit_test_setup_teardown(
	        count_without_descriptors_is_refused, set_up, tear_down),
	    cmocka_unit_test_setup_teardown(
	        descriptors_without_count_are_closed, set_up, tear_down),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
