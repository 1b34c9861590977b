/// What makes the pages handier. Each of them does without it.
enum Script {
    static let text = """
        "use strict";
        // A form is sent once, however often its button is pressed.
        document.addEventListener("submit", function (event) {
          var button = event.target.querySelector("button:not([type=button])");
          if (!button || event.defaultPrevented) return;
          setTimeout(function () { button.disabled = true; }, 0);
          setTimeout(function () { button.disabled = false; }, 10000);
        });
        window.addEventListener("pageshow", function () {
          document.querySelectorAll("button[disabled]").forEach(function (button) { button.disabled = false; });
        });
        // How long the password would hold, while it is typed; the server judges it, as it does in the end.
        document.querySelectorAll("form[data-strength]").forEach(function (form) {
          var field = form.querySelector("input[autocomplete=new-password]"), timer = 0, asked = 0;
          var meter = document.createElement("meter"), text = document.createElement("p");
          meter.max = 4; meter.low = 2; meter.high = 3; meter.optimum = 4; meter.hidden = true;
          text.className = "help"; text.setAttribute("role", "status"); text.id = "new-strength";
          meter.setAttribute("aria-labelledby", text.id);
          field.after(meter, text);
          field.addEventListener("input", function () {
            clearTimeout(timer);
            timer = setTimeout(function () {
              var number = ++asked;
              fetch(form.dataset.strength, { method: "POST", body: new URLSearchParams(new FormData(form)) })
                .then(function (answer) { return answer.ok ? answer.text() : ""; })
                .then(function (body) {
                  var lines = body.split("\\n");
                  if (number !== asked || lines.length < 2) return;
                  meter.hidden = field.value === ""; meter.value = Number(lines[0]) + 0.2;
                  text.textContent = field.value === "" ? "" : lines[1];
                }).catch(function () {});
            }, 250);
          });
        });
        // The first mistake gets the cursor.
        var wrong = document.querySelector("[aria-invalid=true]");
        if (wrong) wrong.focus();

        """
}
