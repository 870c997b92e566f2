-- Reads for wrk at an even pace: each connection waits PAUSE_MS between two requests on average, more or less by chance so that not all come
-- at once.
dofile(os.getenv("STATUSES"))

function delay()
    return math.random(0, 2 * tonumber(os.getenv("PAUSE_MS")))
end

function request()
    return wrk.format("GET", nil, { ["Authorization"] = "Bearer " .. os.getenv("WATERBUS_KEY") })
end
