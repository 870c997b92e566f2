-- Bookings for wrk: each of one TEU on one of the ways listed in the file ROUTINGS, under a key of its own; each connection waits
-- PAUSE_MS between two of them on average, more or less by chance so that not all come at once.
dofile(os.getenv("STATUSES"))
local count_statuses = init
local number, thread_number, routings = 0, 0, {}

function init(args)
    count_statuses(args)
    for line in io.lines(os.getenv("ROUTINGS")) do
        table.insert(routings, line)
    end
    math.randomseed(os.time() + tonumber(tostring(routings):match("0x(%x+)"), 16) % 100000)
    thread_number = math.random(1, 1000000000)
end

function delay()
    return math.random(0, 2 * tonumber(os.getenv("PAUSE_MS")))
end

function request()
    number = number + 1
    local body = string.format('{"routing_reference": "%s", "trade": "%s", "teu": 1, "weight_kg": 9000}',
        routings[math.random(#routings)]:match("^(%S+)"), "empty")
    return wrk.format("POST", nil, {
        ["Authorization"] = "Bearer " .. os.getenv("WATERBUS_KEY"),
        ["Content-Type"] = "application/json",
        ["Idempotency-Key"] = thread_number .. "-" .. number,
    }, body)
end
