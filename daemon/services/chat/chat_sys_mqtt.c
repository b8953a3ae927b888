/*
 * chat_sys_mqtt.c — one connection to a broker.
 *
 * A connection is made anew each time: what was not sent is not sent later, and
 * nothing of a broken one is left over. So there is never a message to send
 * again, and those that are under way stay in order (MQTT 5 §4.6).
 */
#include "services/chat/chat_sys_mqtt.h"

#include "services/chat/chat_sys_mqtt_hooks.h"

#include <errno.h>
#include <mosquitto.h>
#include <mqtt_protocol.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>

enum {
	/* Messages that the broker has not confirmed: enough to fill a slow
	 * way, and no more than what may be lost when it breaks. */
	WINDOW = 64,
	/* The longest packet that is taken: a host's list, with its topic. */
	PACKET_MAX = CHAT_PRESENCE_MAX + 4096,
	/* mosquitto looks every 5 seconds who has been silent for 1.5 × what he
	 * said. So that a host is missed within 1.5 × the time that the
	 * administrator said, it promises to be heard of 4 seconds sooner. */
	KEEPALIVE_EARLIER = 4,
	/* What libmosquitto refuses to connect with. */
	KEEPALIVE_REFUSED = 1,
};

/* -------------------------------------------------------------- what is wrong
 */

/* NULL, or why the connection is lost: ERROR came of it last. */
static const char *
fault(const struct chat_sys_mqtt *mqtt, int error)
{
	int saved = errno;

	if (mqtt->reason != 0)
		return mosquitto_reason_string(mqtt->reason);
	if (error == MOSQ_ERR_TLS)
		return chat_sys_tls_fault(mqtt->tls);
	if (error == MOSQ_ERR_ERRNO && saved != 0)
		return strerror(saved);
	if (error == MOSQ_ERR_CONN_LOST || error == MOSQ_ERR_ERRNO)
		return "the connection is lost";
	if (error == MOSQ_ERR_KEEPALIVE)
		return mqtt->is_ready ? "it does not answer any more"
		                      : "it cannot be reached";
	if (error != 0)
		return mosquitto_strerror(error);
	return mosquitto_socket(mqtt->client) == -1 ? "it closed the connection"
	                                            : NULL;
}

/* --------------------------------------------------------------- the start
 */

static int
set_options(struct chat_sys_mqtt *mqtt)
{
	struct mosquitto *client = mqtt->client;
	const struct chat_broker *broker = mqtt->broker;
	int error = mosquitto_int_option(
	    client, MOSQ_OPT_PROTOCOL_VERSION, MQTT_PROTOCOL_V5);

	if (error == 0)
		error = mosquitto_int_option(
		    client, MOSQ_OPT_RECEIVE_MAXIMUM, WINDOW);
	if (error == 0)
		error =
		    mosquitto_int_option(client, MOSQ_OPT_TCP_NODELAY, true);
	if (error == 0 && *broker->user != '\0')
		error = mosquitto_username_pw_set(client, broker->user,
		    *broker->password == '\0' ? NULL : broker->password);
	if (error == 0 && mqtt->tls != NULL) {
		error = mosquitto_int_option(
		    client, MOSQ_OPT_SSL_CTX_WITH_DEFAULTS, false);
		if (error == 0)
			error = mosquitto_void_option(
			    client, MOSQ_OPT_SSL_CTX, mqtt->tls->context);
	}
	return error;
}

/* Whoever gets this knows that all people of our host are gone. */
static int
set_will(struct chat_sys_mqtt *mqtt)
{
	char topic[CHAT_REMOTE_TOPIC_MAX];

	snprintf(topic, sizeof(topic), "%s/presence/%s", mqtt->broker->prefix,
	    mqtt->broker->node);
	return mosquitto_will_set_v5(
	    mqtt->client, topic, 0, NULL, 1, true, NULL);
}

/*
 * The broker is to send no packet that is longer (MQTT 5 §3.1.2.11.4).
 * libmosquitto takes properties only with the call that waits for the
 * connection; that one keeps them before it looks at the rest, and refuses this
 * keep-alive time before it does anything.
 */
static int
set_properties(struct chat_sys_mqtt *mqtt, const char *address)
{
	mosquitto_property *properties = NULL;
	int error = mosquitto_property_add_int32(
	    &properties, MQTT_PROP_MAXIMUM_PACKET_SIZE, PACKET_MAX);

	if (error == 0)
		(void)mosquitto_connect_bind_v5(mqtt->client, address,
		    mqtt->broker->port, KEEPALIVE_REFUSED, NULL, properties);
	mosquitto_property_free_all(&properties);
	return error;
}

static int
connect_to(struct chat_sys_mqtt *mqtt, const char *address)
{
	const struct chat_broker *broker = mqtt->broker;
	unsigned keepalive_ms = broker->keepalive * 1000;
	int error = set_options(mqtt);

	if (error == 0)
		error = set_will(mqtt);
	if (error == 0)
		error = set_properties(mqtt, address);
	if (error == 0)
		error = mosquitto_connect_async(mqtt->client, address,
		    broker->port, (int)broker->keepalive - KEEPALIVE_EARLIER);
	/* What nobody confirms is a broken way, sooner than TCP would say. */
	if (error == 0)
		(void)setsockopt(mosquitto_socket(mqtt->client), IPPROTO_TCP,
		    TCP_USER_TIMEOUT, &keepalive_ms, sizeof(keepalive_ms));
	return error;
}

struct chat_sys_mqtt *
chat_sys_mqtt_open(const struct chat_broker *broker, struct chat_sys_tls *tls,
    const char *address, const struct chat_sys_mqtt_calls *calls,
    const char **why)
{
	char id[CHAT_BROKER_PREFIX_MAX + CHAT_BROKER_NODE_MAX + 1];
	struct chat_sys_mqtt *mqtt = calloc(1, sizeof(*mqtt));

	*why = strerror(ENOMEM);
	if (mqtt == NULL)
		return NULL;
	snprintf(id, sizeof(id), "%s/%s", broker->prefix, broker->node);
	mqtt->broker = broker;
	mqtt->calls = *calls;
	mqtt->tls = tls;
	mqtt->client = mosquitto_new(id, true, mqtt);
	if (mqtt->client == NULL) {
		free(mqtt);
		return NULL;
	}
	chat_sys_mqtt_hooks_set(mqtt->client);
	int error = connect_to(mqtt, address);

	if (error == 0)
		return mqtt;
	*why = fault(mqtt, error);
	chat_sys_mqtt_drop(mqtt);
	return NULL;
}

/* ----------------------------------------------------------------- the end
 */

void
chat_sys_mqtt_drop(struct chat_sys_mqtt *mqtt)
{
	if (mqtt == NULL)
		return;
	mosquitto_destroy(mqtt->client);
	free(mqtt);
}

/* Where the kernel does not take all of it at once, the will says the same. */
void
chat_sys_mqtt_leave(struct chat_sys_mqtt *mqtt)
{
	char topic[CHAT_REMOTE_TOPIC_MAX];

	if (mqtt == NULL)
		return;
	snprintf(topic, sizeof(topic), "%s/presence/%s", mqtt->broker->prefix,
	    mqtt->broker->node);
	if (mqtt->is_ready && mosquitto_publish_v5(mqtt->client, NULL, topic, 0,
	                          NULL, 0, true, NULL) == 0)
		(void)mosquitto_disconnect_v5(mqtt->client, 0, NULL);
	chat_sys_mqtt_drop(mqtt);
}

/* ----------------------------------------------------------------- a turn */

int
chat_sys_mqtt_fd(const struct chat_sys_mqtt *mqtt)
{
	return mosquitto_socket(mqtt->client);
}

/* What the broker sends is confirmed: while it takes nothing, nothing more is
 * read, or the confirmations would pile up. */
uint32_t
chat_sys_mqtt_events(const struct chat_sys_mqtt *mqtt)
{
	bool wants_write = mosquitto_want_write(mqtt->client);

	if (!wants_write)
		return EPOLLIN;
	return mqtt->is_ready ? EPOLLOUT : EPOLLIN | EPOLLOUT;
}

/* libmosquitto, shaking hands, does not see that there is nobody. */
static int
socket_error(const struct chat_sys_mqtt *mqtt)
{
	int error = 0;
	socklen_t len = sizeof(error);

	if (getsockopt(mosquitto_socket(mqtt->client), SOL_SOCKET, SO_ERROR,
	        &error, &len) == -1)
		error = errno;
	return error;
}

/* Reads until there is nothing left, or PACKETS messages have come. */
static int
read_some(struct chat_sys_mqtt *mqtt, unsigned packets)
{
	int error = 0;

	mqtt->received = 0;
	for (unsigned i = 0; i < packets && mqtt->received < packets; i++) {
		errno = 0;
		error = mosquitto_loop_read(mqtt->client, 1);
		if (error != 0 || errno == EAGAIN ||
		    mosquitto_socket(mqtt->client) == -1)
			break;
	}
	return error;
}

const char *
chat_sys_mqtt_turn(
    struct chat_sys_mqtt *mqtt, uint32_t events, unsigned packets)
{
	int error = 0;

	if ((events & (EPOLLERR | EPOLLHUP)) != 0 &&
	    (error = socket_error(mqtt)) != 0)
		return strerror(error);
	/* Also for EPOLLOUT: a handshake goes on there. */
	if ((events & ~(uint32_t)EPOLLOUT) != 0 || !mqtt->is_ready)
		error = read_some(mqtt, packets);
	if (error == 0 && mosquitto_socket(mqtt->client) != -1 &&
	    mosquitto_want_write(mqtt->client))
		error = mosquitto_loop_write(mqtt->client, WINDOW);
	return fault(mqtt, error);
}

const char *
chat_sys_mqtt_tick(struct chat_sys_mqtt *mqtt)
{
	return fault(mqtt, mosquitto_loop_misc(mqtt->client));
}

/* ------------------------------------------------------------- publishing */

unsigned
chat_sys_mqtt_window(const struct chat_sys_mqtt *mqtt)
{
	return mqtt->is_ready ? WINDOW - mqtt->underway : 0;
}

const char *
chat_sys_mqtt_publish(
    struct chat_sys_mqtt *mqtt, const struct chat_remote_message *message)
{
	char about[CHAT_REMOTE_ABOUT_MAX + 1];
	mosquitto_property *properties = NULL;
	int error = 0;

	if (message->about.len >= sizeof(about))
		return NULL;
	if (message->about.len != 0) {
		memcpy(about, message->about.data, message->about.len);
		about[message->about.len] = '\0';
		error = mosquitto_property_add_string_pair(&properties,
		    MQTT_PROP_USER_PROPERTY, CHAT_SYS_MQTT_PROPERTY, about);
	}
	if (error == 0 && message->is_retained)
		error = mosquitto_property_add_int32(&properties,
		    MQTT_PROP_MESSAGE_EXPIRY_INTERVAL,
		    CHAT_REMOTE_LEASE_MS / 1000);
	if (error == 0)
		error = mosquitto_publish_v5(mqtt->client, NULL, message->topic,
		    (int)message->payload.len, message->payload.data, 1,
		    message->is_retained, properties);
	mosquitto_property_free_all(&properties);
	mqtt->underway += error == 0;
	/* The broker takes no packet as long as that: the rest goes on. */
	return error == MOSQ_ERR_OVERSIZE_PACKET ? NULL : fault(mqtt, error);
}

bool
chat_sys_mqtt_is_refused(const struct chat_sys_mqtt *mqtt)
{
	return mqtt->is_refused;
}
